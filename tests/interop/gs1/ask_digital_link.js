// Prints, for each address of standard input, whether npm's digital-link.js takes it: "ok" or "no".
// `npm install digital-link.js@1.4.3` somewhere, then NODE_PATH=…/node_modules node ask_digital_link.js < links
"use strict";
const { DigitalLink } = require("digital-link.js");

const verdict = (link) => {
  try {
    return DigitalLink(link).isValid() ? "ok" : "no";
  } catch {
    return "no";
  }
};

const links = require("fs").readFileSync(0, "utf8").split("\n").filter((link) => link !== "");
process.stdout.write(`${links.map(verdict).join("\n")}\n`);
