# The two ports the wrong way round; the commit is of a container without the page; names do not work in the network of everybody.
# misses: web, kept, network
docker run -d --name web -p 80:${port} nginx:1.14.2
docker commit web mysite:v1
docker run -d --name db nginx
