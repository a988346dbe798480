// Package e2e tests retcode in the real tools that run it: alone, under go vet
// and go fix, in golangci-lint, and in pre-commit; on programs that use the real
// drivers of databases; and its advice on retries, on real servers. It builds
// golangci-lint, which takes minutes, so it runs only with RETCODE_E2E=1 in the
// environment.
package e2e
