package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"syscall"

	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/schedule"
	"zorgmeldingen.nl/lmz-triage/service/server"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// importCommand takes in a file of meldingen, one JSON object per line.
type importCommand struct {
	config.Store
	File string `arg:"" name:"bestand" help:"Bestand met op elke regel één melding (JSON, zoals voor POST /v1/meldingen), of - voor de invoer."`
	Door string `default:"import" placeholder:"NAAM" help:"Wie de meldingen aanlevert: een naam voor het logboek, zonder persoonsgegevens."`
}

// Run takes the file in. Faulty lines are told and left out; a line that was taken
// in before does nothing, so that a run that was broken off can be done again.
func (i importCommand) Run(ctx context.Context, c console) error {
	if server.CheckTokenID(i.Door) != nil {
		return &domain.Error{Code: domain.Invalid, Key: "fout.import_door", Args: []any{i.Door}}
	}
	in, size, err := i.open(c)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	contract, err := api.LoadContract()
	if err != nil {
		return err
	}
	st, p, err := openFilling(ctx, i.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	defer p.policies.Close()
	show := newProgress(c, size, i.File)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs, failed := make(chan intake, 64), make(chan error, 1)
	go func() {
		defer close(jobs)
		failed <- readLines(ctx, in, contract, jobs)
	}()
	var total tally
	err = takeIn(ctx, p.app, domain.Actor{ID: i.Door, Rol: domain.Systeem}, jobs, func(out taken) {
		show.add(out.size)
		if total.add(out); out.err != nil {
			c.complain(out.line, out.err)
		}
	})
	cancel()
	if err = errors.Join(err, ignoreCancel(<-failed)); err != nil {
		return err
	}
	show.done()
	if err := schedule.SweepOnce(context.WithoutCancel(ctx), p.app); err != nil {
		return err
	}
	c.say("cli.import_klaar", total.added, total.there, total.refused)
	if total.refused == 1 {
		return &domain.Error{Code: domain.Invalid, Key: "fout.import_regel"}
	}
	if total.refused > 1 {
		return &domain.Error{Code: domain.Invalid, Key: "fout.import_regels", Args: []any{total.refused}}
	}
	return nil
}

func ignoreCancel(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

func (i importCommand) open(c console) (io.ReadCloser, int64, error) {
	if i.File == "-" {
		return io.NopCloser(c.in), -1, nil
	}
	f, err := os.Open(i.File)
	if err != nil {
		return nil, 0, fmt.Errorf("open meldingen: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, 0, fmt.Errorf("look at meldingen: %w", err)
	}
	if info.IsDir() { // told before a store is made
		_ = f.Close()
		return nil, 0, &fs.PathError{Op: "read", Path: i.File, Err: syscall.EISDIR}
	}
	return f, info.Size(), nil
}

// complain tells why a line was left out.
func (c console) complain(line int, err error) {
	e := domain.AsError(err)
	_, _ = fmt.Fprintln(c.err, c.texts.Sentence("cli.import_regel", line, c.texts.Sentence(e.Key, e.Args...)))
	for _, f := range e.Faults {
		_, _ = fmt.Fprintf(c.err, "  %s: %s\n", f.Field, c.texts.Sentence("gebrek."+f.Code, f.Args...))
	}
}

// longestLine is the largest melding, as large as the body of a request may be.
const longestLine = 1 << 20

// byteOrderMark is what some programs begin a file in UTF-8 with; it is no part of
// the first line.
const byteOrderMark = "\xef\xbb\xbf"

// readLines reads meldingen from in, numbered from 1; empty lines are passed over.
// The key of a line is what it says, and how often the file said it before.
func readLines(ctx context.Context, in io.Reader, contract *api.Contract, jobs chan<- intake) error {
	r := bufio.NewReaderSize(in, 64<<10)
	seed, seen := maphash.MakeSeed(), map[uint64]int{}
	for n := 1; ; n++ {
		line, size, err := readLine(r)
		if errors.Is(err, io.EOF) && size == 0 {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read line %d: %w", n, err)
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte(byteOrderMark))
		}
		job := intake{line: n, size: size}
		switch {
		case line == nil:
			job.err = &domain.Error{Code: domain.Invalid, Key: "fout.te_groot", Args: []any{longestLine >> 20}}
		case len(line) == 0:
			continue
		default:
			same := maphash.Bytes(seed, line)
			seen[same]++
			job.key = digest(string(line) + "\x00" + fmt.Sprint(seen[same]))
			job.told, job.err = contract.ReadMelding(line)
		}
		select {
		case jobs <- job:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// readLine reads one line without its end, and how many bytes it took. A line that
// is too long is passed over and is nil.
func readLine(r *bufio.Reader) (line []byte, size int, err error) {
	line = []byte{}
	for {
		part, err := r.ReadSlice('\n')
		size += len(part)
		if line != nil {
			if line = append(line, part...); len(line) > longestLine+2 {
				line = nil
			}
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		for len(line) > 0 && (line[len(line)-1] == '\n' || line[len(line)-1] == '\r') {
			line = line[:len(line)-1]
		}
		return line, size, err
	}
}
