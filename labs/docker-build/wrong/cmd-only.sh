# CMD alone is replaced as a whole; the page lies where nginx does not look; one stage holds everything.
# misses: site, say, stages
cat > site/Dockerfile <<EOF
FROM nginx
ENV STAGE=test
COPY index.html /
EOF
docker build -t site:v1 site
docker build -t say - <<EOF
FROM busybox
CMD ["echo", "hello", "world"]
EOF
docker build -t report - <<EOF
FROM busybox
WORKDIR /work
RUN echo done > /report.txt
EOF
