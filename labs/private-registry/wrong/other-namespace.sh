# The Secret lies in another namespace; and the project was not made before the push.
# misses: pushed, runs
docker pull -q myapp:v1
docker tag myapp:v1 reg.lilee.org/team/site:v1
docker push reg.lilee.org/team/site:v1
kubectl create secret -n kube-system docker-registry harbor --docker-server=reg.lilee.org --docker-username=admin --docker-password=lee
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
