# Declarative: the draft of kubectl with a better selector; no port is needed to get addresses.
kubectl create service clusterip web-headless --clusterip="None" --dry-run=client -o yaml > service.yml
sed -i 's/    app: web-headless/    app: web/' service.yml
kubectl apply -f service.yml
kubectl get deployment web -o yaml | sed 's/replicas: 3/replicas: 4/' | kubectl apply -f -
