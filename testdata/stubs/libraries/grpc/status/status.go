// Package status makes and reads statuses.
package status

import (
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/internal/status"
)

// Status is the status of a call.
type Status = status.Status

// New makes a status.
func New(c codes.Code, msg string) *Status { return status.New(c, msg) }

// Error makes an error.
func Error(c codes.Code, msg string) error { return New(c, msg).Err() }

// Errorf makes an error.
func Errorf(c codes.Code, format string, a ...any) error { return Error(c, format) }

// Code takes the code of an error.
func Code(err error) codes.Code { return Convert(err).Code() }

// Convert takes the status of an error.
func Convert(err error) *Status { s, _ := FromError(err); return s }

// FromError takes the status of an error.
func FromError(err error) (s *Status, ok bool) { return nil, err == nil }
