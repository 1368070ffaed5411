# Three Dockerfiles.
cat > site/Dockerfile <<EOF
FROM nginx
ENV STAGE=test
COPY index.html /usr/share/nginx/html/
EOF
docker build -t site:v1 site
mkdir say
cat > say/Dockerfile <<EOF
FROM busybox
ENTRYPOINT ["echo", "hello"]
CMD ["world"]
EOF
docker build -t say say
mkdir report
cat > report/Dockerfile <<EOF
FROM busybox AS kitchen
WORKDIR /work
RUN echo done > report.txt
FROM busybox
COPY --from=kitchen /work/report.txt /report.txt
EOF
docker build -t report report
