rm -rf /tmp/q; mkdir -p /tmp/q; cd /tmp/q
printf 'a b c aa\nfoo b bar\n\n/usr/local a.b.c\nstart\n  in a\nend\n' > f
printf 'G1:x:1\nG2:y:2\n' > g
printf 's/a/b/\n# say\np\n' > script
mkdir d; echo inner a > d/x; cp f h
