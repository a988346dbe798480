package e2e

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// sharedCache is the variable that makes the test binary a GOCACHEPROG: the go command's
// own results in a directory that several machines share.
const sharedCache = "RETCODE_SHARED_CACHE"

// cacheRequest and cacheResponse are what the go command and its cache program say.
type cacheRequest struct {
	ID       int64
	Command  string
	ActionID []byte
	OutputID []byte
	BodySize int64
}

type cacheResponse struct {
	ID            int64
	Err           string   `json:",omitempty"`
	KnownCommands []string `json:",omitempty"`
	Miss          bool     `json:",omitempty"`
	OutputID      []byte   `json:",omitempty"`
	Size          int64    `json:",omitempty"`
	DiskPath      string   `json:",omitempty"`
}

// serveCache answers the go command until it closes the cache. In dir, a file for each
// output, and for each action one that names its output.
func serveCache(dir string, r io.Reader, w io.Writer) error {
	in := json.NewDecoder(bufio.NewReader(r))
	out := json.NewEncoder(w)
	if err := out.Encode(cacheResponse{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	for {
		var req cacheRequest
		if err := in.Decode(&req); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		var body string
		if req.BodySize > 0 {
			if err := in.Decode(&body); err != nil {
				return err
			}
		}
		res := cacheResponse{ID: req.ID}
		var err error
		switch req.Command {
		case "get":
			err = get(dir, req, &res)
		case "put":
			err = put(dir, req, body, &res)
		}
		if err != nil {
			res = cacheResponse{ID: req.ID, Err: err.Error()}
		}
		if err := out.Encode(res); err != nil || req.Command == "close" {
			return err
		}
	}
}

func get(dir string, req cacheRequest, res *cacheResponse) error {
	id, err := os.ReadFile(filepath.Join(dir, "a-"+hex.EncodeToString(req.ActionID)))
	if errors.Is(err, os.ErrNotExist) {
		res.Miss = true
		return nil
	}
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "o-"+hex.EncodeToString(id))
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	res.OutputID, res.Size, res.DiskPath = id, info.Size(), path
	return nil
}

func put(dir string, req cacheRequest, body string, res *cacheResponse) error {
	data, err := base64.StdEncoding.DecodeString(body)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "o-"+hex.EncodeToString(req.OutputID))
	if err := os.WriteFile(path, data, 0o666); err != nil {
		return err
	}
	res.DiskPath = path
	return os.WriteFile(filepath.Join(dir, "a-"+hex.EncodeToString(req.ActionID)), req.OutputID, 0o666)
}
