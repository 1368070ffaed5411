# Declarative: the map first, then the Deployment as a whole.
kubectl get secret vault -o go-template='{{.data.PASSWORD | base64decode}}' > /root/password.txt
kubectl create configmap settings --from-literal colour=${after} --dry-run=client -o yaml | kubectl apply -f -
kubectl apply -f - <<EOF
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      volumes:
        - name: conf
          configMap: {name: settings}
      containers:
        - name: myapp
          image: myapp:v1
          envFrom: [{secretRef: {name: vault}}]
          env:
            - name: COLOUR
              valueFrom: {configMapKeyRef: {name: settings, key: colour}}
          volumeMounts: [{name: conf, mountPath: /etc/settings}]
EOF
