package storetest

import (
	"fmt"
	"reflect"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// filler puts something in every field of a value, whatever fields there come to
// be, so that a field that is not kept is noticed.
type filler struct {
	n    int
	text func(n int) string
	each int // how much stands in a list or a map
}

// fill fills v, which can be set.
func (f *filler) fill(v reflect.Value) {
	f.n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.UnixMilli(1_700_000_000_000 + int64(f.n)).UTC()))
		return
	case term.Date:
		v.Set(reflect.ValueOf(term.NewDate(2026, 1, 1).AddDays(f.n)))
		return
	case []domain.Fault: // the one thing of an Opgave that is not kept
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(f.text(f.n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Float64:
		v.SetFloat(float64(f.n) / 7)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), f.each, f.each))
		f.fillItems(v)
	case reflect.Array:
		f.fillItems(v)
	case reflect.Map:
		f.fillMap(v)
	default:
		panic(fmt.Sprintf("fill a %s: tell the filler how", v.Type()))
	}
}

func (f *filler) fillItems(v reflect.Value) {
	for i := range v.Len() {
		f.fill(v.Index(i))
	}
}

func (f *filler) fillMap(v reflect.Value) {
	v.Set(reflect.MakeMap(v.Type()))
	for range f.each {
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		f.fill(key)
		f.fill(value)
		v.SetMapIndex(key, value)
	}
}

// FullMelding is a melding with something in every field: text in every text and
// each in every list.
func FullMelding(id string, each int, text func(n int) string) domain.Melding {
	var m domain.Melding
	f := filler{text: text, each: each}
	f.fill(reflect.ValueOf(&m).Elem())
	m.ID, m.Kenmerk, m.Rev = id, "kenmerk van "+id, 1
	return m
}

func numbered(n int) string { return fmt.Sprint("tekst ", n) }
