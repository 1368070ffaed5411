# The image is built under its new name. The service account gives the Secret, written as YAML, to every pod that names none.
echo '{"project_name": "team", "metadata": {"public": "false"}}' > project.json
curl -k --user admin:lee --json @project.json https://reg.lilee.org/api/v2.0/projects
mkdir site && echo 'FROM myapp:v1' > site/Dockerfile
docker build -q -t reg.lilee.org/team/site:v1 site && docker image push -q reg.lilee.org/team/site:v1
kubectl create -f - <<E
apiVersion: v1
kind: Secret
metadata: {name: pull}
type: kubernetes.io/dockerconfigjson
stringData:
  .dockerconfigjson: '{"auths": {"reg.lilee.org": {"auth": "$(echo -n admin:lee | base64)"}}}'
E
kubectl get sa default -o yaml | sed '$a imagePullSecrets: [{name: pull}]' | kubectl replace -f -
kubectl create deploy site --image=reg.lilee.org/team/site:v1
