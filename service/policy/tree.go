package policy

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
)

// Tree is the sources of a policy: slash path to text. It holds the Rego files
// (tests included) of main, criteria, stappen and lib, and the figures of data.
type Tree map[string]string

// The largest tree that is read: files and bytes together.
const (
	maxFiles = 2000
	maxBytes = 4 << 20
)

func treeFolders() []string { return []string{"main", "criteria", "stappen", "lib", "data"} }

// ReadTree reads the sources of a policy from fsys. Folders that are no part of
// a version (schemas, autorisatie) and other files are left out. A tree that is
// too large, or that has no main, is an error.
func ReadTree(fsys fs.FS) (Tree, error) {
	tree, size := Tree{}, 0
	for _, folder := range treeFolders() {
		if _, err := fs.Stat(fsys, folder); err != nil {
			continue
		}
		err := fs.WalkDir(fsys, folder, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !isSource(p) {
				return err
			}
			text, err := fs.ReadFile(fsys, p)
			if err != nil {
				return err
			}
			tree[p] = string(text)
			if size += len(text); size > maxBytes || len(tree) > maxFiles {
				return fmt.Errorf("tree is larger than %d files or %d bytes", maxFiles, maxBytes)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read policy tree: %w", err)
		}
	}
	if _, ok := tree["main/main.rego"]; !ok {
		return nil, fmt.Errorf("read policy tree: main/main.rego: %w", fs.ErrNotExist)
	}
	return tree, nil
}

func isSource(p string) bool {
	ext := path.Ext(p)
	if strings.HasPrefix(p, "data/") {
		return ext == ".yaml" || ext == ".json"
	}
	return ext == ".rego"
}

// paths lists the files of t in order.
func (t Tree) paths() []string {
	out := make([]string, 0, len(t))
	for p := range t {
		out = append(out, p)
	}
	sort.Strings(out)
	return out
}

// Digest identifies the tree: SHA-256 in hex over every path and text.
func (t Tree) Digest() string {
	h := sha256.New()
	for _, p := range t.paths() {
		for _, s := range []string{p, t[p]} {
			_ = binary.Write(h, binary.BigEndian, uint64(len(s)))
			h.Write([]byte(s))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Encode gives the tree as one JSON object, path to text, keys in order.
func (t Tree) Encode() ([]byte, error) { return json.Marshal(map[string]string(t)) }

// DecodeTree reads what Encode wrote.
func DecodeTree(b []byte) (Tree, error) {
	var t Tree
	if err := json.Unmarshal(b, &t); err != nil {
		return nil, fmt.Errorf("read stored policy tree: %w", err)
	}
	return t, nil
}
