package analyzer

// NewWith is New with catalogs of the caller's choice.
var NewWith = newWith
