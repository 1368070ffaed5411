# The page comes from the host, the image is built, the container joins its network later.
mkdir -p site
echo hello from docker > site/index.html
printf 'FROM nginx:1.14.2\nCOPY index.html /usr/share/nginx/html/\n' > site/Dockerfile
docker build -q -t mysite:v1 site
docker run -d --name web -p ${port}:80 -v /root/site/index.html:/usr/share/nginx/html/index.html nginx:1.14.2
docker run -d --name db nginx
docker network create mynetwork
docker network connect mynetwork db
