// Writes a vulnerability database of a few advisories with Trivy's own library: `database FOLDER ADVISORIES.json AGE`.
package main

import (
	"encoding/json"
	"log"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/aquasecurity/trivy-db/pkg/db"
	"github.com/aquasecurity/trivy-db/pkg/metadata"
	"github.com/aquasecurity/trivy-db/pkg/types"
)

// An advisory as the tests write it.
type advisory struct {
	ID       string
	Title    string
	Severity string
	// Trivy's name of the source, such as `debian 12` or `pip::GitHub Security Advisory Pip`.
	Source  string
	Package string
	// Empty where there is no fix. Of an operating system the version, of a language the range that is vulnerable too.
	Fixed      string
	Vulnerable string
}

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: database FOLDER ADVISORIES.json AGE")
	}
	if err := write(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

func write(folder, file, age string) error {
	old, err := time.ParseDuration(age)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var advisories []advisory
	if err := json.Unmarshal(text, &advisories); err != nil {
		return err
	}
	if err := db.Init(folder); err != nil {
		return err
	}
	config := db.Config{}
	err = config.BatchUpdate(func(tx *bolt.Tx) error {
		for _, each := range advisories {
			if err := put(config, tx, each); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	updated := time.Now().Add(-old).UTC()
	return metadata.NewClient(folder).Update(metadata.Metadata{
		Version:      db.SchemaVersion,
		UpdatedAt:    updated,
		NextUpdate:   time.Now().Add(24 * time.Hour).UTC(),
		DownloadedAt: time.Now().UTC(),
	})
}

func put(config db.Config, tx *bolt.Tx, each advisory) error {
	severity, err := types.NewSeverity(each.Severity)
	if err != nil {
		return err
	}
	source := types.DataSource{ID: "tests", Name: "The tests", URL: "https://example.test/advisories"}
	if err := config.PutDataSource(tx, each.Source, source); err != nil {
		return err
	}
	entry := types.Advisory{FixedVersion: each.Fixed}
	if each.Vulnerable != "" {
		entry = types.Advisory{VulnerableVersions: []string{each.Vulnerable}}
		if each.Fixed != "" {
			entry.PatchedVersions = []string{each.Fixed}
		}
	}
	if err := config.PutAdvisory(tx, []string{each.Source, each.Package}, each.ID, entry); err != nil {
		return err
	}
	return config.PutVulnerability(tx, each.ID, types.Vulnerability{
		Title:    each.Title,
		Severity: severity.String(),
		VendorSeverity: types.VendorSeverity{"nvd": severity},
	})
}
