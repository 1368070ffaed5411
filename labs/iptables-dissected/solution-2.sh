# Declarative; the chain is cut out of the rule itself.
iptables-save -t nat | awk '/-A KUBE-SERVICES/ && /default\/web cluster IP/ {print $NF}' > /root/chain.txt
kubectl get deployment web -o yaml | sed 's/replicas: 3/replicas: 4/' | kubectl apply -f -
kubectl apply -f - <<EOF
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 8080
      targetPort: 80
      nodePort: 30085
EOF
