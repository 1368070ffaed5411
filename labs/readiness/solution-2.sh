# Declarative: the whole object is written back changed.
kubectl get deployment web -o yaml > web.yaml
sed -i 's/index1.html/index.html/' web.yaml
kubectl replace -f web.yaml
