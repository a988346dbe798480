// Package client reads and writes objects.
package client

import (
	"encoding/binary"
	"io"
	"net"

	"example.com/errstruct/codes"
)

// Put writes an object.
func Put(conn net.Conn, key string) error {
	if _, err := conn.Write([]byte(key)); err != nil {
		return err
	}
	var status uint32
	if err := binary.Read(conn, binary.BigEndian, &status); err != nil {
		return err
	}
	if status != 0 {
		return codes.New(codes.Errno(status), "put")
	}
	return nil
}

// Get reads an object.
func Get(conn net.Conn, key string) ([]byte, error) {
	if _, err := conn.Write([]byte(key)); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(conn)
	if err != nil {
		return nil, codes.Wrap(codes.Moving, "get", err)
	}
	if len(data) == 0 {
		return nil, codes.New(0x102, "get") // want `magic volume code 258 \(NotFound: there is no such object\); use codes.NotFound \(magic\)`
	}
	return data, nil
}
