# The newest nginx, stopped.
# misses: web
docker run -d --name web -p ${port}:80 nginx
echo hello from docker > index.html
docker cp index.html web:/usr/share/nginx/html
docker commit web mysite:v1
docker stop web
docker network create mynetwork
docker run -d --name db --network mynetwork nginx
