package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

type point struct{ x, y float64 }

const (
	width, height            = 720.0, 360.0
	left, right, above, base = 60.0, 210.0, 34.0, 40.0
)

var colours = []string{"#1565c0", "#ef6c00", "#2e7d32", "#8e24aa", "#757575", "#37474f"}

// plot draws a line for each name, both axes logarithmic.
func plot(title string, lines map[string][]point) string {
	var all []point
	for _, line := range lines {
		all = append(all, line...)
	}
	var text strings.Builder
	fmt.Fprintf(&text, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(&text, `<rect width="100%%" height="100%%" fill="white"/><text x="%.0f" y="20" font-size="14">%s, seconds</text>`+"\n", left, title)
	if len(all) > 0 {
		x := axis(all, func(p point) float64 { return p.x }, left, width-right)
		y := axis(all, func(p point) float64 { return p.y }, height-base, above)
		grid(&text, all, x, y)
		for i, c := range contenders() {
			draw(&text, c.name, lines[c.name], colours[i%len(colours)], x, y, above+20*float64(i))
		}
	}
	text.WriteString("</svg>\n")
	return text.String()
}

// axis maps a number to its place between from and to; whole powers of ten are at both ends.
func axis(all []point, of func(point) float64, from, to float64) func(float64) float64 {
	least, most := math.Inf(1), math.Inf(-1)
	for _, p := range all {
		least, most = min(least, math.Floor(math.Log10(of(p)))), max(most, math.Ceil(math.Log10(of(p))))
	}
	if least == most {
		most++
	}
	return func(value float64) float64 { return from + (math.Log10(value)-least)/(most-least)*(to-from) }
}

func grid(text *strings.Builder, all []point, x, y func(float64) float64) {
	sizes, decades := map[float64]bool{}, map[float64]bool{}
	for _, p := range all {
		sizes[p.x] = true
		decades[math.Pow(10, math.Floor(math.Log10(p.y)))] = true
		decades[math.Pow(10, math.Ceil(math.Log10(p.y)))] = true
	}
	for _, size := range slices.Sorted(maps.Keys(sizes)) {
		fmt.Fprintf(text, `<text x="%.1f" y="%.1f" text-anchor="middle">%.0f objects</text>`+"\n", x(size), height-base+20, size)
	}
	for _, value := range slices.Sorted(maps.Keys(decades)) {
		fmt.Fprintf(text, `<path d="M%.1f %.1fH%.1f" stroke="#ddd"/><text x="%.1f" y="%.1f" text-anchor="end">%g</text>`+"\n",
			left, y(value), width-right, left-6, y(value)+4, value)
	}
}

func draw(text *strings.Builder, name string, line []point, colour string, x, y func(float64) float64, legend float64) {
	if len(line) == 0 {
		return
	}
	var places []string
	for _, p := range line {
		places = append(places, fmt.Sprintf("%.1f,%.1f", x(p.x), y(p.y)))
		fmt.Fprintf(text, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`+"\n", x(p.x), y(p.y), colour)
	}
	fmt.Fprintf(text, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", strings.Join(places, " "), colour)
	fmt.Fprintf(text, `<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/><text x="%.1f" y="%.1f">%s</text>`+"\n",
		width-right+16, legend, colour, width-right+26, legend+4, name)
}
