package gen

// Help is how to use the command.
const Help = `Usage: retcode gen [FLAGS] SOURCE

Writes a Go file with the codes of an API as constants, with the directives by which retcode
knows them in every package, and the predicate Retryable. SOURCE is

	a catalog          retcode gen rongcloud -o codes/codes.go
	a CSV or TSV file  retcode gen codes.csv -o billing/codes.go
	a protobuf enum    retcode gen billing.proto -type ErrorCode -o billing/codes.go
	an OpenAPI 3 enum  retcode gen api.yaml -type ErrorCode -o billing/codes.go
	a Go file          retcode gen billing/codes.go -retry Busy=transient

To a Go file directives are added in place: the change is shown, and made with -w. With -o they
go into a file beside it, which names the constants; a generated file needs that.
The same source and flags give the same bytes. On an error nothing is written.

For every source, of a Go file -o, -f, -type and -predicate:

	-o FILE            the file to write, instead of standard output; its folder is made
	-f                 overwrite FILE although retcode gen did not write it
	-package NAME      of the Go package (default: that of the other files in the folder, then
	                   $GOPACKAGE, which go generate sets, then the folder's name)
	-prefix TEXT       what the names of the constants begin with
	-type NAME         of the Go type of the codes (default Code); of a catalog's constants,
	                   which have no type without it; which of the enums, schemas or types of a
	                   file is meant
	-predicate NAME    of the predicate (default Retryable); empty for none

For a catalog:

	-spaces LIST       its spaces (default: that of its codes, or all)
	-groups LIST       groups of codes (default all)

For the others:

	-space NAME        of the directive (default: the package, or the type if that says more)
	-success LIST      values or names of codes that mean success
	-retry NAME=CLASS  the class of a code, repeatable: rate-limit, transient, poll,
	                   transaction, unsure or permanent
	-open              the API may answer codes that are not in the table
	-noun TEXT         what messages call such a code
	-w                 write the Go file instead of showing the change
	-columns LIST      where a table has what: name=H,value=H,meaning=H,retry=H,group=H, each H
	                   a heading, or a number if the table has no headings
	-kind KIND         int or string, if the values of a table do not say it

Pages: https://github.com/go-retcode/retcode/blob/main/docs/gen.md
`
