# The page was changed after the commit, and the database was given another name.
# misses: kept, network
docker run -d --name web -p ${port}:80 nginx:1.14.2
docker commit web mysite:v1
docker exec web sh -c 'echo hello from docker > /usr/share/nginx/html/index.html'
docker network create mynetwork
docker run -d --name database --network mynetwork nginx
