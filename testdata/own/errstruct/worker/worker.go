// Package worker writes again.
package worker

import (
	"log"
	"net"
	"time"

	"example.com/errstruct/client"
	"example.com/errstruct/codes"
)

func unchecked(conn net.Conn) {
	if err := client.Put(conn, "a"); err != nil { // want `\(unchecked\)`
		log.Print(err)
	}
}

func checked(conn net.Conn) error {
	err := client.Put(conn, "a")
	if err != nil {
		log.Print(err)
	}
	return err
}

func permanent(conn net.Conn) (err error) {
	for range 3 {
		err = client.Put(conn, "a") // want `client.Put is called again after a permanent failure, such as 513 \(Sealed\): .* \(retry\)`
		if codes.CodeOf(err) != codes.Sealed {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func atOnce(conn net.Conn) (err error) {
	for range 3 {
		err = client.Put(conn, "a") // want `client.Put is called again at once after 769 \(Moving\) and 770 \(Flooded\): wait before \(retry\)`
		if !codes.IsTemporary(err) {
			return err
		}
	}
	return err
}

func rightly(conn net.Conn) (err error) {
	for range 3 {
		err = client.Put(conn, "a")
		if !codes.IsTemporary(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
