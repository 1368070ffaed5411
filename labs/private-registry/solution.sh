# Secret by a command, Deployment from YAML.
curl -sk -u admin:lee -X POST https://reg.lilee.org/api/v2.0/projects -H 'Content-Type: application/json' -d '{"project_name":"team","public":false}'
docker pull -q myapp:v1
docker tag myapp:v1 reg.lilee.org/team/site:v1
docker push reg.lilee.org/team/site:v1
kubectl create secret docker-registry harbor --docker-server=reg.lilee.org --docker-username=admin --docker-password=lee
kubectl apply -f - <<'EOF'
apiVersion: apps/v1
kind: Deployment
metadata: {name: site}
spec:
  selector: {matchLabels: {app: site}}
  template:
    metadata: {labels: {app: site}}
    spec:
      imagePullSecrets: [{name: harbor}]
      containers: [{name: web, image: "reg.lilee.org/team/site:v1"}]
EOF
