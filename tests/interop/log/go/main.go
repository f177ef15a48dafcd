// Command log-opinions says what Go's own packages make of our notes, proofs and trees.
//
// It reads one JSON question a line from standard input and prints one JSON answer a line.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	f_log "github.com/transparency-dev/formats/log"
	f_note "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/formats/proof"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const longestLine = 16 << 20

type question struct {
	Op       string
	Note     string
	Text     string
	Keys     []string // To verify with; of algorithm 1 or 4.
	Private  string   // To sign with.
	Witness  bool     // Sign as a witness does.
	Entry    []byte
	Entries  [][]byte
	Old, New int64
	Proof    []tlog.Hash
	Roots    []tlog.Hash
}

type answer struct {
	OK     bool
	Error  string      `json:",omitempty"`
	Text   string      `json:",omitempty"`
	Signed []string    `json:",omitempty"`
	Root   *tlog.Hash  `json:",omitempty"`
	Proof  []tlog.Hash `json:",omitempty"`
}

var operations = map[string]func(question) (answer, error){
	"open":        open,
	"sign":        sign,
	"tlog-proof":  tlogProof,
	"tree":        tree,
	"consistency": consistency,
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longestLine)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		if err := answers.Encode(reply(lines.Bytes())); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func reply(line []byte) answer {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{Error: err.Error()}
	}
	operation, known := operations[asked.Op]
	if !known {
		return answer{Error: "unknown operation"}
	}
	found, err := operation(asked)
	if err != nil {
		return answer{Error: err.Error()}
	}
	found.OK = true
	return found
}

func verifiers(keys []string) (note.Verifiers, error) {
	var list []note.Verifier
	for _, key := range keys {
		verifier, err := f_note.NewVerifier(key) // Chooses by the algorithm the key names.
		if err != nil {
			return nil, err
		}
		list = append(list, verifier)
	}
	return note.VerifierList(list...), nil
}

func open(asked question) (answer, error) {
	known, err := verifiers(asked.Keys)
	if err != nil {
		return answer{}, err
	}
	opened, err := note.Open([]byte(asked.Note), known)
	if err != nil {
		return answer{}, err
	}
	found := answer{Text: opened.Text}
	for _, signature := range opened.Sigs {
		found.Signed = append(found.Signed, signature.Name)
	}
	return found, nil
}

func sign(asked question) (answer, error) {
	signerOf := note.NewSigner
	if asked.Witness {
		signerOf = func(key string) (note.Signer, error) { return f_note.NewSignerForCosignatureV1(key) }
	}
	signer, err := signerOf(asked.Private)
	if err != nil {
		return answer{}, err
	}
	signed, err := note.Sign(&note.Note{Text: asked.Text}, signer)
	return answer{Text: string(signed)}, err
}

// tlogProof checks a whole .tlog-proof of an entry: its form, the log's signature, the path.
func tlogProof(asked question) (answer, error) {
	var read proof.TLogProof
	if err := read.Unmarshal([]byte(asked.Note)); err != nil {
		return answer{}, err
	}
	log, err := f_note.NewVerifier(asked.Keys[0])
	if err != nil {
		return answer{}, err
	}
	checkpoint, _, _, err := f_log.ParseCheckpoint(read.Checkpoint, log.Name(), log)
	if err != nil {
		return answer{}, err
	}
	var root tlog.Hash
	copy(root[:], checkpoint.Hash)
	var path tlog.RecordProof
	for _, hash := range read.Hashes {
		path = append(path, hash)
	}
	leaf := tlog.RecordHash(asked.Entry)
	err = tlog.CheckRecord(path, int64(checkpoint.Size), root, int64(read.Index), leaf)
	if err != nil {
		return answer{}, err
	}
	if !bytes.Equal(read.Marshal(), []byte(asked.Note)) {
		return answer{}, errors.New("Go writes this proof otherwise")
	}
	return answer{}, nil
}

type memory []tlog.Hash

func (stored memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		found = append(found, stored[index])
	}
	return found, nil
}

// tree gives the root over entries and the proof that it begins with its first `Old`.
func tree(asked question) (answer, error) {
	var stored memory
	for number, entry := range asked.Entries {
		hashes, err := tlog.StoredHashes(int64(number), entry, stored)
		if err != nil {
			return answer{}, err
		}
		stored = append(stored, hashes...)
	}
	size := int64(len(asked.Entries))
	root, err := tlog.TreeHash(size, stored)
	if err != nil || asked.Old == 0 {
		return answer{Root: &root}, err
	}
	path, err := tlog.ProveTree(size, asked.Old, stored)
	return answer{Root: &root, Proof: path}, err
}

func consistency(asked question) (answer, error) {
	return answer{}, tlog.CheckTree(asked.Proof, asked.New, asked.Roots[1], asked.Old, asked.Roots[0])
}
