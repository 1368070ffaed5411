# A public project needs no password. That was not asked for.
# misses: pushed
curl -sk -u admin:lee -X POST https://reg.lilee.org/api/v2.0/projects -H 'Content-Type: application/json' -d '{"project_name":"team","public":true}'
docker pull -q myapp:v1
docker tag myapp:v1 reg.lilee.org/team/site:v1
docker push reg.lilee.org/team/site:v1
kubectl create deployment site --image reg.lilee.org/team/site:v1
