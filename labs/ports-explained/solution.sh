# Imperative.
kubectl create service nodeport mysvc --tcp 8080:80 --node-port 30001
kubectl set selector svc mysvc app=web
kubectl expose deployment api --port 80 --target-port 8080
