package term

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
)

//go:embed data/*.json
var shipped embed.FS

// The files a calendar is read from.
const (
	soortenFile      = "soorten.json"
	feestdagenFile   = "feestdagen.json"
	besluitdagenFile = "besluitdagen.json"
)

// The forms of the files. Stand is the day up to which the file follows
// the law.
type (
	soortenData struct {
		Stand   string
		Soorten []SoortGegevens
	}
	feestdagenData struct {
		Stand      string
		Feestdagen []feestdagData
		Weekend    []weekendData
	}
	feestdagData struct {
		Naam       string
		Maand, Dag int
		Pasen      *int
		OpZondag   int
		Bron       Bron
	}
	weekendData struct {
		Naam    string
		Weekdag int
		Bron    Bron
	}
)

// vast is what only another version of the service changes.
type vast struct {
	soorten       soortenData
	feestdagen    feestdagenData
	herinneringen herinneringenData
}

// Load reads the calendar that is shipped with the service.
func Load() (*Kalender, error) {
	data, err := fs.Sub(shipped, "data")
	if err != nil {
		return nil, fmt.Errorf("open calendar: %w", err)
	}
	return LoadFrom(data)
}

// LoadFrom reads a calendar from soorten.json, feestdagen.json, besluitdagen.json
// and herinneringen.json in data. It refuses what the Algemene termijnenwet does not
// allow, unknown fields, and anything without a name or a source.
func LoadFrom(data fs.FS) (*Kalender, error) {
	var (
		s soortenData
		f feestdagenData
		b Besluiten
		h herinneringenData
	)
	err := errors.Join(readFile(data, soortenFile, &s), readFile(data, feestdagenFile, &f),
		readFile(data, besluitdagenFile, &b), readFile(data, herinneringenFile, &h))
	if err != nil {
		return nil, fmt.Errorf("read calendar: %w", err)
	}
	return build(vast{s, f, h}, b)
}

// build makes the calendar of what stands fast and the decree days.
func build(v vast, b Besluiten) (*Kalender, error) {
	digest, err := digestOf(v.soorten, v.feestdagen, b)
	if err != nil {
		return nil, err
	}
	ladder, err := digestOf(v.herinneringen)
	if err != nil {
		return nil, err
	}
	k := &Kalender{
		besluiten: map[Date]*vrij{}, weekend: map[time.Weekday]*vrij{},
		digest: digest, ladder: ladder, vast: v, decreten: b,
	}
	if err := errors.Join(k.addSoorten(v.soorten), k.addFeestdagen(v.feestdagen), k.addBesluiten(b), k.checkHerinneringen(v.herinneringen)); err != nil {
		return nil, fmt.Errorf("check calendar: %w", err)
	}
	return k, nil
}

// digestOf is the SHA-256 of data, in hexadecimal.
func digestOf(data ...any) (string, error) {
	text, err := json.Marshal(data)
	if err != nil {
		return "", fmt.Errorf("digest calendar: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// readFile reads one file; it is decoded strictly: no unknown field and no second
// value.
func readFile(data fs.FS, name string, into any) error {
	text, err := fs.ReadFile(data, name)
	if err != nil {
		return fmt.Errorf("open %s: %w", name, err)
	}
	return decode(name, text, into)
}

func decode(name string, text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("decode %s: %w", name, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("decode %s: more than one value", name)
	}
	return nil
}
