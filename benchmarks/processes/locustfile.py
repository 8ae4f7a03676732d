from locust import FastHttpUser as FastUser, HttpUser as RequestsUser, task


class FastHttpUser(FastUser):
    @task
    def home(self):
        self.client.get("/")


class HttpUser(RequestsUser):
    @task
    def home(self):
        self.client.get("/")
