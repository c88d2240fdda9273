package spool

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// geheugenFile is the file of a Geheugen in its folder.
const geheugenFile = "beleid.json"

// Geheugen remembers the policy that is active: the activation and its package. It
// stands in a file that is replaced whole, with a digest in front.
type Geheugen struct {
	dir string
	log *slog.Logger

	lock sync.Mutex
	nu   *beleid            // nil when nothing is remembered
	ziet *domain.Activering // the newest that was seen, of which the package may still be to come
}

// beleid is what is remembered.
type beleid struct {
	Activering domain.Activering
	Pakket     domain.Beleidspakket
}

// geheugenRow is a beleid as it is kept.
type geheugenRow struct {
	Versie       int             `json:"versie"`
	GeldigVanaf  int64           `json:"geldigVanaf"`
	Door         string          `json:"door"`
	Reden        string          `json:"reden"`
	Digest       string          `json:"digest"`
	Bron         []byte          `json:"bron"`
	Catalogus    json.RawMessage `json:"catalogus"`
	Wasm         []byte          `json:"wasm"`
	Motor        string          `json:"motor"`
	VastgelegdOp int64           `json:"vastgelegdOp"`
}

// OpenGeheugen reads what is remembered in dir. A file that is damaged is told of and
// left alone until it is replaced: it only helps while the store is away.
func OpenGeheugen(dir string, log *slog.Logger) *Geheugen {
	g := &Geheugen{dir: dir, log: log}
	halves, _ := filepath.Glob(filepath.Join(dir, geheugenFile+".*")) // of a process that was killed; the pattern is well formed
	for _, half := range halves {
		_ = os.Remove(half)
	}
	nu, err := readBeleid(filepath.Join(dir, geheugenFile))
	switch {
	case err == nil:
		g.nu = nu
	case !errors.Is(err, fs.ErrNotExist):
		log.Warn("the policy that was active last cannot be read", "error", err.Error())
	}
	return g
}

// actief gives the activation that is remembered.
func (g *Geheugen) actief() (domain.Activering, bool) {
	g.lock.Lock()
	defer g.lock.Unlock()
	if g.nu == nil {
		return domain.Activering{}, false
	}
	return g.nu.Activering, true
}

// pakket gives the package that is remembered, when it has this digest.
func (g *Geheugen) pakket(digest string) (domain.Beleidspakket, bool) {
	g.lock.Lock()
	defer g.lock.Unlock()
	if g.nu == nil || g.nu.Pakket.Digest != digest {
		return domain.Beleidspakket{}, false
	}
	return g.nu.Pakket, true
}

// zag notes which activation is the newest. One of the package that is remembered is
// kept at once, one of another as soon as that is read.
func (g *Geheugen) zag(a domain.Activering) {
	g.lock.Lock()
	defer g.lock.Unlock()
	if g.ziet = &a; g.nu != nil && g.nu.Pakket.Digest == a.Digest && g.nu.Activering != a {
		g.houd(beleid{a, g.nu.Pakket})
	}
}

// las notes a package that was read: it is remembered when it is the active one.
func (g *Geheugen) las(p domain.Beleidspakket) {
	g.lock.Lock()
	defer g.lock.Unlock()
	if g.ziet != nil && g.ziet.Digest == p.Digest && (g.nu == nil || g.nu.Activering != *g.ziet) {
		g.houd(beleid{*g.ziet, p})
	}
}

// houd remembers b. What cannot be written is remembered by this process alone.
func (g *Geheugen) houd(b beleid) {
	g.nu = &b
	if err := b.write(g.dir); err != nil {
		g.log.Error("the active policy cannot be kept beside the spool", "error", err.Error())
	}
}

// write puts b in the place of what is kept in dir, whole or not at all.
func (b *beleid) write(dir string) (err error) {
	catalogue, err := vorm.EncodeCatalogus(b.Pakket.Catalogus)
	if err != nil {
		return fmt.Errorf("write policy: %w", err)
	}
	body, err := json.Marshal(geheugenRow{
		b.Activering.Versie, b.Activering.GeldigVanaf.UnixMilli(), b.Activering.Door, b.Activering.Reden,
		b.Pakket.Digest, b.Pakket.Bron, json.RawMessage(catalogue), b.Pakket.Wasm, b.Pakket.Motor, b.Pakket.VastgelegdOp.UnixMilli(),
	})
	if err != nil {
		return fmt.Errorf("write policy: %w", err)
	}
	sum := sha256.Sum256(body)
	return replace(filepath.Join(dir, geheugenFile), append([]byte(hex.EncodeToString(sum[:])+"\n"), body...))
}

// replace puts text in the place of the file path, so that it is there after a power
// cut, and never half.
func replace(path string, text []byte) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func readBeleid(path string) (*beleid, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	head, body, _ := bytes.Cut(text, []byte("\n"))
	if sum := sha256.Sum256(body); string(head) != hex.EncodeToString(sum[:]) {
		return nil, fmt.Errorf("read %s: it is damaged", path)
	}
	var row geheugenRow
	if err := json.Unmarshal(body, &row); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	catalogue, err := vorm.DecodeCatalogus(row.Catalogus)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return &beleid{
		domain.Activering{Versie: row.Versie, Digest: row.Digest, GeldigVanaf: vorm.Moment(row.GeldigVanaf), Door: row.Door, Reden: row.Reden},
		domain.Beleidspakket{
			Digest: row.Digest, Bron: row.Bron, Catalogus: catalogue, Wasm: row.Wasm, Motor: row.Motor, VastgelegdOp: vorm.Moment(row.VastgelegdOp),
		},
	}, nil
}
