# From standard input and with a file of another name; a script as entry point.
cd site
docker build -t site:v1 -f - . <<EOF
FROM nginx:1.14.2
WORKDIR /usr/share/nginx/html
ADD index.html .
ENV STAGE test
EOF
cd
docker build -t say - <<EOF
FROM alpine
CMD ["world"]
ENTRYPOINT ["/bin/echo", "hello"]
EOF
docker build -t report - <<EOF
FROM alpine AS a
RUN mkdir /work && echo it is done > /work/r
FROM alpine
COPY --from=0 /work/r /report.txt
EOF
