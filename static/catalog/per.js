// Says beside each pack what a kilogram, litre or piece comes to while one types. The server says the same.
const number = (text) => {
  const [, digits, unit] = /^\s*([\d.,]+)\s*([a-zA-ZđĐ]*)/.exec(text) ?? [];
  if (!digits) return [NaN, ""];
  const whole = /^\d{1,3}([.,]\d{3})+$/.test(digits) ? digits.replace(/[.,]/g, "") : digits.replace(",", ".");
  return [Number(whole), unit.toLowerCase()];
};
const TIMES = { k: 1e3, tr: 1e6, kg: 1e3, l: 1e3 }, SOLD = { g: "kg", kg: "kg", ml: "lít", l: "lít", piece: "cái" };

function work(row) {
  const at = row.dataset.per, output = row.querySelector("output");
  const [amount, own] = number(row.querySelector(`[name=pack_content_${at}]`).value);
  const unit = own || (row.querySelector(`[name=pack_unit_${at}]:checked`) ?? row.querySelector(`select[name=pack_unit_${at}]`))?.value;
  const [price, times] = number(row.querySelector(`[name=price_vnd_${at}]`).value);
  const content = amount * (TIMES[unit] ?? 1), per = unit === "piece" ? 1 : 1000;
  const rate = Math.round(price * (TIMES[times] ?? 1) * per / content);
  const says = SOLD[unit] && Number.isFinite(rate) && content !== per;
  const words = document.documentElement.lang === "vi" ? SOLD[unit] : { "lít": "litre", "cái": "piece" }[SOLD[unit]] ?? "kg";
  output.textContent = says ? output.dataset.words.replace("{price}", `${rate.toLocaleString(document.documentElement.lang)}\u00a0₫/${words}`) : "";
}

document.addEventListener("input", (event) => { const row = event.target.closest("[data-per]"); if (row) work(row); });
