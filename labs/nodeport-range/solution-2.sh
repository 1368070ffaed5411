# The manifest is edited elsewhere and moved in; the Service is declared.
grep -v node-port-range /etc/kubernetes/manifests/kube-apiserver.yaml | awk '{print} /--secure-port/{print "    - --service-node-port-range=30000-33400"}' > new.yaml
cp new.yaml /etc/kubernetes/manifests/kube-apiserver.yaml
sleep 60
cat > web.yaml <<EOF
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  selector: {app: web}
  ports: [{port: 80, nodePort: 33333}]
EOF
kubectl apply -f web.yaml
