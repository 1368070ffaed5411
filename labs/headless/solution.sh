# Imperative.
kubectl create service clusterip web-headless --clusterip None
kubectl set selector svc web-headless app=web
kubectl scale deployment web --replicas 4
