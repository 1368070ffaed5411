# As the text has it.
docker pull nginx:1.14.2
docker run -d --name web -p ${port}:80 nginx:1.14.2
echo hello from docker > index.html
docker cp index.html web:/usr/share/nginx/html
docker commit web mysite:v1
docker network create mynetwork
docker run -d --name db --network mynetwork nginx
