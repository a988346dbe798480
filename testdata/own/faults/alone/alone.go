//retcode:host api.example.com // want `the package declares no space whose codes could come from there; .* \(directive\)`

// Package alone says where codes come from, and not which.
package alone

//retcode:retry transient // want `the package has no space that its constants could be codes of; .* \(directive\)`
const Busy = 5
