package e2e

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestRetries runs the program that the pages on catalogs recommend, and the wrong one, on
// servers of databases that run for this test alone.
func TestRetries(t *testing.T) {
	t.Parallel()
	tl := e2e(t)
	for _, server := range []struct {
		name  string
		start func(t *testing.T) (env string)
	}{
		{"Postgres", startPostgres},
		{"MariaDB", startMariaDB},
	} {
		t.Run(server.name, func(t *testing.T) {
			tg := drivers(t, tl)
			env := append(tg.env(), server.start(t))
			r, err := command(tg.dir, env, "go", "test", "-count=1", "-v", "-run=^Test"+server.name, "./again")
			if err != nil || r.code != 0 {
				t.Fatalf("%v, exit code %d\n%s%s", err, r.code, r.stdout, r.stderr)
			}
			out := string(r.stdout)
			if passed := strings.Count(out, "\n--- PASS: "); passed < 2 || strings.Contains(out, "--- SKIP") {
				t.Errorf("%d tests passed\n%s", passed, out)
			}
		})
	}
}

// place is where a server runs, and who runs it: as root, neither of the two would.
type place struct {
	dir    string
	prefix []string
}

func newPlace(t *testing.T, name string) place {
	t.Helper()
	dir := t.TempDir()
	if os.Getuid() != 0 {
		return place{dir: dir}
	}
	u, err := user.Lookup(name)
	if err != nil {
		t.Skipf("running as root, and there is no user for the server: %v", err)
	}
	if _, err := exec.LookPath("setpriv"); err != nil {
		t.Skipf("running as root: %v", err)
	}
	uid, err1 := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if err := os.Chown(dir, uid, gid); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	return place{dir, []string{"setpriv", "--reuid=" + u.Uid, "--regid=" + u.Gid, "--clear-groups", "--"}}
}

// run runs a command there that must succeed.
func (p place) run(t *testing.T, args ...string) {
	t.Helper()
	args = slices.Concat(p.prefix, args)
	// A server inherits the output of what starts it, so it goes to a file and no pipe.
	log, err := os.OpenFile(filepath.Join(t.TempDir(), "out"), os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = p.dir, log, log
	if err := cmd.Run(); err != nil {
		out, _ := os.ReadFile(log.Name())
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
}

// installed returns the path of a program, which Debian may keep out of PATH, or skips t.
func installed(t *testing.T, name string, patterns ...string) string {
	t.Helper()
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	for _, pattern := range patterns {
		if found, _ := filepath.Glob(filepath.Join(pattern, name)); len(found) > 0 {
			return found[len(found)-1]
		}
	}
	t.Skipf("%s is not installed", name)
	return ""
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func startPostgres(t *testing.T) string {
	t.Helper()
	const versions = "/usr/lib/postgresql/*/bin"
	initdb, ctl := installed(t, "initdb", versions), installed(t, "pg_ctl", versions)
	p, port := newPlace(t, "postgres"), freePort(t)
	data := filepath.Join(p.dir, "data")
	p.run(t, initdb, "-D", data, "-A", "trust", "-U", "postgres", "--no-sync")
	options := fmt.Sprintf("-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories='' -c fsync=off", port)
	t.Cleanup(func() { p.run(t, ctl, "-D", data, "-m", "immediate", "-w", "stop") })
	p.run(t, ctl, "-D", data, "-w", "-o", options, "-l", filepath.Join(p.dir, "log"), "start")
	return fmt.Sprintf("RETCODE_POSTGRES=postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port)
}

func startMariaDB(t *testing.T) string {
	t.Helper()
	install, server := installed(t, "mariadb-install-db"), installed(t, "mariadbd", "/usr/sbin")
	p, port := newPlace(t, "mysql"), freePort(t)
	data, setup := filepath.Join(p.dir, "data"), filepath.Join(p.dir, "setup.sql")
	statements := "CREATE DATABASE retcode;\nCREATE USER retcode@'127.0.0.1' IDENTIFIED BY 'retcode';\nGRANT ALL ON retcode.* TO retcode@'127.0.0.1';\n"
	if err := os.WriteFile(setup, []byte(statements), 0o644); err != nil {
		t.Fatal(err)
	}
	p.run(t, install, "--no-defaults", "--datadir="+data, "--auth-root-authentication-method=normal", "--skip-test-db")
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	args := slices.Concat(p.prefix, []string{server, "--no-defaults", "--datadir=" + data, "--bind-address=127.0.0.1",
		fmt.Sprintf("--port=%d", port), "--socket=" + filepath.Join(p.dir, "s"), "--pid-file=" + filepath.Join(p.dir, "pid"), "--init-file=" + setup})
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = p.dir, log, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		c, err := net.Dial("tcp", address)
		if err == nil {
			c.Close()
			break
		}
		if time.Now().After(deadline) {
			out, _ := os.ReadFile(log.Name())
			t.Fatalf("the server does not answer: %v\n%s", err, out)
		}
	}
	return "RETCODE_MARIADB=retcode:retcode@tcp(" + address + ")/retcode"
}
