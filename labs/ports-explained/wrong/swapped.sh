# port and targetPort are swapped: the pods are asked on 8080, where nginx does not listen.
# misses: inside, outside
cat > svc.yaml <<EOF
apiVersion: v1
kind: Service
metadata: {name: mysvc}
spec:
  type: NodePort
  selector: {app: web}
  ports: [{port: 80, nodePort: 30001, targetPort: 8080}]
EOF
kubectl apply -f svc.yaml
kubectl expose deployment api --port 80 --target-port 8080
