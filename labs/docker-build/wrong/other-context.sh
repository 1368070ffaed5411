# The build was started in the wrong folder: COPY does not see the page. And the entry point is a line for a shell: arguments are lost.
# misses: site, say
cat > site/Dockerfile <<EOF
FROM nginx
ENV STAGE=test
COPY index.html /usr/share/nginx/html/
EOF
docker build -t site:v1 -f site/Dockerfile .
docker build -t say - <<EOF
FROM busybox
ENTRYPOINT echo hello world
EOF
docker build -t report - <<EOF
FROM busybox AS kitchen
RUN echo done > /report.txt
FROM busybox
COPY --from=kitchen /report.txt /report.txt
EOF
