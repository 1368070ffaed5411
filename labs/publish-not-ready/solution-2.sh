# The Service replaced by one that is written as it was meant.
kubectl replace --force -f - <<EOF
apiVersion: v1
kind: Service
metadata:
  name: myapp
spec:
  type: ClusterIP
  publishNotReadyAddresses: true
  ports:
    - port: 80
  selector:
    app: myapp
EOF
