package service

import "example.com/typedint/codes"

// What many charges were answered with, one by one.
func many(list []codes.Code) (poor int, err error) {
	for _, c := range list {
		switch c { // want `switch on a billing code omits 4290 \(TooManyRequests\) and 5030 \(Unavailable\), .* \(switch\)`
		case codes.OK:
		case codes.InsufficientFunds:
			poor++
		default:
			return poor, errFailed
		}
	}
	return poor, nil
}

func manyWhole(list []codes.Code) (poor int, err error) {
	for _, c := range list {
		switch c {
		case codes.OK:
		case codes.InsufficientFunds:
			poor++
		case codes.TooManyRequests, codes.Unavailable:
			return poor, &codes.Error{Code: c}
		default:
			return poor, errFailed
		}
	}
	return poor, nil
}

// A count of each answer names none.
func count(list []codes.Code) map[codes.Code]int {
	out := make(map[codes.Code]int)
	for _, c := range list {
		if c != codes.OK {
			out[c]++
		}
	}
	return out
}
