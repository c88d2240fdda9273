package mongo

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

var errAntwoord = errors.New("answer to a search is damaged")

// een gives the document that filter finds, by the command that FindOne sends but without
// the cursor that it makes for it. FindOne is asked after a failure, as it asks a server
// again where that may help. Together they are one operation.
func (c verzameling) een(ctx context.Context, filter bson.D) (bson.Raw, error) {
	ctx, end := c.s.grens(ctx)
	defer end()
	answer, err := c.van.Database().RunCommand(ctx, bson.D{
		e("find", c.van.Name()), e("filter", filter), e("limit", int64(1)), e("singleBatch", true),
		e("readConcern", bson.D{e("level", c.s.niveau)}),
	}).Raw()
	if err == nil {
		return eersteIn(answer)
	}
	if ctx.Err() != nil || noServer(err) {
		return nil, err
	}
	return c.van.FindOne(ctx, filter).Raw()
}

// eersteIn is the first document in the answer to a search.
func eersteIn(answer bson.Raw) (bson.Raw, error) {
	batch, ok := answer.Lookup("cursor", "firstBatch").ArrayOK()
	if !ok {
		return nil, errAntwoord
	}
	first, err := bson.Raw(batch).IndexErr(0)
	if err != nil {
		return nil, mongo.ErrNoDocuments
	}
	doc, ok := first.Value().DocumentOK()
	if !ok {
		return nil, errAntwoord
	}
	return doc, nil
}
