# With the editor, pods deleted; the table restored from text.
KUBE_EDITOR="sed -i 's/mode: \"\"/mode: ipvs/; s/scheduler: \"\"/scheduler: sh/'" kubectl -n kube-system edit cm kube-proxy
kubectl -n kube-system delete pod -l k8s-app=kube-proxy
ssh reg yum install -y ipvsadm
cat > table <<EOF
-A -t 172.25.254.250:80 -s wrr
-a -t 172.25.254.250:80 -r 172.25.254.10:30080 -m -w 3
-a -t 172.25.254.250:80 -r 172.25.254.20:30080 -m -w 1
EOF
cat table | ssh reg ipvsadm -R
