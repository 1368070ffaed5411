# docker login is for docker. The kubelets are not docker, and not logged in.
# misses: runs
curl -sk -u admin:lee -X POST https://reg.lilee.org/api/v2.0/projects -H 'Content-Type: application/json' -d '{"project_name":"team","public":false}'
docker pull -q myapp:v1
docker tag myapp:v1 reg.lilee.org/team/site:v1
docker push reg.lilee.org/team/site:v1
docker login reg.lilee.org -u admin -p lee
kubectl create deployment site --image reg.lilee.org/team/site:v1
