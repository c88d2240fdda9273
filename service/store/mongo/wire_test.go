package mongo_test

import (
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// The kinds of message that a driver sends and that a server answers with.
const (
	opReply = 1
	opQuery = 2004
	opMsg   = 2013
)

// refuse speaks as a server does that answers every command but the first ones,
// and refuses verb with this code.
func refuse(code int, verb string) func(net.Conn) {
	return func(conn net.Conn) {
		defer func() { _ = conn.Close() }() // the driver may have gone first
		for {
			header := make([]byte, 16)
			if _, err := io.ReadFull(conn, header); err != nil {
				return
			}
			body := make([]byte, binary.LittleEndian.Uint32(header)-16)
			if _, err := io.ReadFull(conn, body); err != nil {
				return
			}
			is := bson.D{
				{Key: "ok", Value: 1},
				{Key: "ismaster", Value: true},
				{Key: "maxWireVersion", Value: 9},
				{Key: "minWireVersion", Value: 0},
				{Key: "maxBsonObjectSize", Value: 1 << 24},
				{Key: "maxMessageSizeBytes", Value: 48000000},
				{Key: "maxWriteBatchSize", Value: 1000},
			}
			if strings.Contains(string(body), verb) && !strings.Contains(string(body), "isMaster") {
				is = bson.D{{Key: "ok", Value: 0}, {Key: "code", Value: code}, {Key: "errmsg", Value: "refused"}}
			}
			if _, err := conn.Write(answer(header, is)); err != nil {
				return
			}
		}
	}
}

func answer(header []byte, doc bson.D) []byte {
	text, err := bson.Marshal(doc)
	if err != nil {
		panic(err)
	}
	kind, before := uint32(opMsg), make([]byte, 5) // flags, and a section of one document
	if binary.LittleEndian.Uint32(header[12:]) == opQuery {
		kind, before = opReply, make([]byte, 20)
		before[16] = 1 // one document
	}
	out := binary.LittleEndian.AppendUint32(nil, uint32(16+len(before)+len(text)))
	out = binary.LittleEndian.AppendUint32(out, 1)
	out = append(out, header[4:8]...)
	out = binary.LittleEndian.AppendUint32(out, kind)
	return append(append(out, before...), text...)
}

func TestWrongPasswordIsTold(t *testing.T) {
	host := listen(t, refuse(18, "saslStart"))
	requireRefused(t, "mongodb://piet:"+geheim+"@"+host+"/lmz?authSource=admin", "fout.mongo_aanmelden", host, "wachtwoord")
}

func TestUserWhoMayNotIsTold(t *testing.T) {
	host := listen(t, refuse(13, "find"))
	requireRefused(t, "mongodb://"+host+"/lmz", "fout.mongo_rechten", host, "lmz", "recht")
}

func TestTLSThatFailsIsTold(t *testing.T) {
	unknown := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(unknown.Close)
	without := listen(t, func(conn net.Conn) {
		_, _ = conn.Write([]byte("this is no handshake")) // the driver may not wait for it
		_ = conn.Close()
	})
	for name, host := range map[string]string{
		"a certificate of nobody": strings.TrimPrefix(unknown.URL, "https://"), "a server without": without,
	} {
		t.Run(name, func(t *testing.T) {
			requireRefused(t, "mongodb://piet:"+geheim+"@"+host+"/lmz?tls=true", "fout.mongo_tls", host, "tlsCAFile")
		})
	}
}
