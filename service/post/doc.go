// Package post sends a message to a user by e-mail, over SMTP. A mail says which
// melding and which date it is about, by codes and titles; it holds no name, no
// free text and no id by which a melding is stored. The dialogue goes in two parts,
// so that the caller decides when a mail is handed over.
package post
