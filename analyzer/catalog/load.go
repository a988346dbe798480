package catalog

//go:generate go run ./internal/gencatalog data

// Embedded returns RongCloud's catalog. Callers share it and must not change it.
func Embedded() *Catalog { return &rongcloudCatalog }

// All returns the catalogs of this package in the order of their names. Callers share them and
// must not change them.
func All() []*Catalog {
	all := make([]*Catalog, 0, len(names))
	for _, name := range names {
		c, _ := Load(name)
		all = append(all, c)
	}
	return all
}

// Names returns the names of the catalogs of this package, in order.
func Names() []string { return append([]string(nil), names[:]...) }
