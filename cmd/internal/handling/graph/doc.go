// Package graph draws the handling of one function, from its calls over the places where it
// decides to what it does for each class of codes, in the languages of Graphviz and Mermaid.
package graph
