package mongo_test

import (
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
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

// speaksTLS gives the address of a server that does what serve does over TLS, and hangs
// up on who does not speak it.
func speaksTLS(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	own := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(own.Close)
	settings := &tls.Config{Certificates: own.TLS.Certificates}
	return listen(t, func(conn net.Conn) {
		secure := tls.Server(conn, settings)
		if secure.HandshakeContext(t.Context()) != nil {
			_ = conn.Close() // it is no hello
			return
		}
		serve(secure)
	})
}

func hangsUp(conn net.Conn) { _ = conn.Close() }

func TestTLSOnOneSideOnlyIsTold(t *testing.T) {
	plainServer := listen(t, func(conn net.Conn) {
		first := make([]byte, 1)
		if _, err := io.ReadFull(conn, first); err != nil || first[0] == 0x16 { // the begin of a TLS hello
			_ = conn.Close()
			return
		}
		refuse(18, "nothing")(&begun{conn, first})
	})
	for name, c := range map[string]struct {
		host, options, key string
		passing            bool
	}{
		"the address asks for it":           {plainServer, "?tls=true", "fout.mongo_tls_niet", false},
		"the server asks for it":            {speaksTLS(t, refuse(18, "nothing")), "", "fout.mongo_tls_nodig", false},
		"who can say, the address asks":     {listen(t, hangsUp), "?tls=true", "fout.mongo_verbroken", true},
		"who can say, the address does not": {listen(t, hangsUp), "", "fout.mongo_verbroken", true},
	} {
		t.Run(name, func(t *testing.T) {
			address := "mongodb://piet:" + geheim + "@" + c.host + "/lmz" + c.options
			requireRefused(t, address, c.key, c.host, "TLS", "tls")
			require.Equal(t, c.passing, mongo.Passing(mongo.New(address).Prepare(t.Context(), nil)))
		})
	}
}

// begun is a line of which something was read already.
type begun struct {
	net.Conn
	head []byte
}

func (b *begun) Read(into []byte) (int, error) {
	if len(b.head) > 0 {
		n := copy(into, b.head)
		b.head = b.head[n:]
		return n, nil
	}
	return b.Conn.Read(into)
}

func TestRealServerWithoutTLSIsTold(t *testing.T) {
	if server.Real { // it may have TLS
		return
	}
	at := strings.ReplaceAll(server.Address("tls"), "/tls", "/tls?tls=true")
	requireRefused(t, at, "fout.mongo_tls_niet", "TLS")
}

func TestANameThatIsNotInDNSMayCome(t *testing.T) {
	for _, host := range []string{"er-niet.invalid", "cluster0.er-niet.invalid"} {
		address := "mongodb+srv://piet:" + geheim + "@" + host + "/lmz"
		requireRefused(t, address, "fout.mongo_onbereikbaar", " "+host+" ")
		require.True(t, mongo.Passing(mongo.New(address).Prepare(t.Context(), nil)))
	}
	for _, address := range []string{
		"mongodb+srv://piet:" + geheim + "@x@er-niet.invalid/lmz", "mongodb+srv://piet:" + geheim + "/x@er-niet.invalid/lmz",
		"mongodb+srv://piet:" + geheim + "@er-niet.invalid:27017/lmz", "mongodb+srv:// /lmz",
	} {
		err := mongo.New(address).Prepare(t.Context(), nil)
		storetest.RequireFailure(t, err, domain.Unavailable)
		require.NotContains(t, err.Error(), geheim)
	}
}
