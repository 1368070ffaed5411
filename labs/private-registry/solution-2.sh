# The service account gives the Secret to every pod that names none. The Secret is what docker login wrote.
curl -sk -u admin:lee -X POST https://reg.lilee.org/api/v2.0/projects -H 'Content-Type: application/json' -d '{"project_name":"team","public":false}'
docker pull -q myapp:v1
docker tag myapp:v1 reg.lilee.org/team/site:v1
docker push reg.lilee.org/team/site:v1
kubectl create secret generic from-docker --type kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=/root/.docker/config.json
kubectl patch serviceaccount default -p '{"imagePullSecrets":[{"name":"from-docker"}]}'
kubectl create deployment site --image reg.lilee.org/team/site:v1
