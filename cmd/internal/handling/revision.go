package handling

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A repository is the git repository that a folder is in.
type repository struct {
	ctx    context.Context
	dir    string // where the command runs
	prefix string // dir below the top
}

func openRepository(ctx context.Context, dir string) (*repository, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, errors.New("to compare revisions git is needed, and there is none on the PATH")
	}
	r := &repository{ctx: ctx, dir: dir}
	prefix, err := r.git("rev-parse", "--show-prefix")
	if err != nil {
		return nil, fmt.Errorf("to compare revisions the program has to be in a git work tree: %w", err)
	}
	r.prefix = filepath.FromSlash(prefix)
	return r, nil
}

// git runs git and returns what it prints, without the white space around it.
func (r *repository) git(args ...string) (string, error) {
	cmd := exec.CommandContext(r.ctx, "git", args...)
	cmd.Dir = r.dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		if text := strings.TrimSpace(stderr.String()); text != "" {
			err = errors.New(text)
		}
		return "", fmt.Errorf("git %s: %w", args[0], err)
	}
	return strings.TrimSpace(string(out)), nil
}

// commit resolves a revision.
func (r *repository) commit(revision string) (string, error) {
	if strings.HasPrefix(revision, "-") {
		return "", fmt.Errorf("%q is no git revision", revision)
	}
	sha, err := r.git("rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		shallow, _ := r.git("rev-parse", "--is-shallow-repository")
		hint := ""
		if shallow == "true" {
			hint = "; this clone is shallow: git fetch --unshallow, or fetch it by name"
		}
		return "", fmt.Errorf("this repository has no revision %q%s", revision, hint)
	}
	return sha, nil
}

// dirty reports whether tracked or new files below the folder are not as committed.
func (r *repository) dirty() (bool, error) {
	out, err := r.git("status", "--porcelain", "--", ".")
	return out != "", err
}

// A span is the two ends of a comparison. Without a new end it is the work tree.
type span struct {
	old, new string // commits
	name     string // of the old one, for a reader
}

// span reads BASE, A..B and BASE... (the merge base with HEAD, or with B in A...B).
func (r *repository) span(spec string) (span, error) {
	if a, b, ok := strings.Cut(spec, "..."); ok {
		old, err := r.commit(a)
		if err != nil {
			return span{}, err
		}
		s := span{name: spec}
		end := "HEAD"
		if b != "" {
			if s.new, err = r.commit(b); err != nil {
				return span{}, err
			}
			end = s.new
		}
		if s.old, err = r.git("merge-base", old, end); err != nil {
			return span{}, fmt.Errorf("%s and %s have no common commit here: %w", a, end, err)
		}
		s.name = fmt.Sprintf("%.12s, where it left %s", s.old, a)
		return s, nil
	}
	a, b, ranged := strings.Cut(spec, "..")
	old, err := r.commit(a)
	if err != nil {
		return span{}, err
	}
	s := span{old: old, name: a}
	if ranged {
		if b == "" {
			b = "HEAD"
		}
		s.new, err = r.commit(b)
	}
	return s, err
}

// checkout lays a commit out in a temporary folder, calls do with the folder in it that
// stands for the repository's dir, and takes all away again.
func (r *repository) checkout(commit string, do func(dir string) error) (err error) {
	tmp, err := os.MkdirTemp("", "retcode-map-")
	if err != nil {
		return err
	}
	tree := filepath.Join(tmp, "tree")
	// Not with the context of the run: an interrupt must not keep git from cleaning up.
	clean := *r
	clean.ctx = context.WithoutCancel(r.ctx)
	defer func() {
		_, gone := clean.git("worktree", "remove", "--force", tree)
		if err == nil && gone != nil {
			err = fmt.Errorf("cleaning up: %w", gone)
		}
		if left := os.RemoveAll(tmp); err == nil && left != nil {
			err = left
		}
		if gone != nil {
			_, _ = clean.git("worktree", "prune")
		}
	}()
	if _, err := r.git("-c", "core.hooksPath="+os.DevNull, "worktree", "add", "--detach", "--force", tree, commit); err != nil {
		return fmt.Errorf("laying out %.12s: %w", commit, err)
	}
	dir := filepath.Join(tree, r.prefix)
	if _, err := os.Stat(dir); err != nil {
		return fmt.Errorf("revision %.12s has no folder %s", commit, filepath.ToSlash(r.prefix))
	}
	return do(dir)
}

// inside turns patterns that are paths below the repository's dir into relative ones, so
// that they mean the same in a checkout.
func (r *repository) inside(patterns []string) ([]string, error) {
	dir, err := filepath.Abs(r.dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, p := range patterns {
		if filepath.IsAbs(p) {
			rel, err := filepath.Rel(dir, p)
			if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
				return nil, fmt.Errorf("%s lies outside of %s: run in the folder of the module", p, dir)
			}
			p = "." + string(filepath.Separator) + rel
		}
		out = append(out, p)
	}
	return out, nil
}
