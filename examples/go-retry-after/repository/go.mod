module example.com/polite

go 1.21
