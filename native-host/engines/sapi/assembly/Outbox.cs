using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Aside.Sapi
{
    /// <summary>
    /// The way to JavaScript: a queue and the one thread that empties it. Edge blocks the thread that calls JavaScript
    /// until Node comes to it, and lets one such call through at a time in the whole process. So there is one such thread,
    /// it carries many records at once, and no lock is held while it calls.
    /// </summary>
    public sealed class Outbox
    {
        const int MaxBatchRecords = 512;
        const int MaxBatchBytes = 128 * 1024;
        /// <summary>No voice has so much to say of the audio that fits through the gate.</summary>
        public const int MaxWaiting = 50000;

        readonly Func<object, Task<object>> tellJavaScript;
        readonly AudioGate gate;
        readonly Thread thread;
        readonly object queueLock = new object();
        readonly Queue<Record> queue = new Queue<Record>();
        readonly Record[] batch = new Record[MaxBatchRecords];
        readonly TaskCompletionSource<object> ended = new TaskCompletionSource<object>();
        bool isClosing;
        volatile string lastFailure;

        public Outbox(Func<object, Task<object>> tellJavaScript, AudioGate gate)
        {
            this.tellJavaScript = tellJavaScript;
            this.gate = gate;
            thread = new Thread(Run);
            thread.IsBackground = true;
            thread.Name = "aside-sapi-pump";
        }

        /// <summary>Why JavaScript's handler failed the last time that it did; null when it never has.</summary>
        public string LastFailure { get { return lastFailure; } }

        public Task<object> Ended { get { return ended.Task; } }

        public void Start()
        {
            thread.Start();
        }

        public void Put(Record record)
        {
            lock (queueLock)
            {
                queue.Enqueue(record);
                Monitor.Pulse(queueLock);
            }
        }

        /// <summary>Empties <c>records</c>. False when it now holds so much that something has gone wild.</summary>
        public bool PutAll(List<Record> records)
        {
            lock (queueLock)
            {
                foreach (Record record in records) queue.Enqueue(record);
                records.Clear();
                Monitor.Pulse(queueLock);
                return queue.Count < MaxWaiting;
            }
        }

        /// <summary>Takes back what nobody wants to hear of any more.</summary>
        public void Drop(int utterance)
        {
            int bytes = 0;
            lock (queueLock)
            {
                for (int left = queue.Count; left > 0; left--)
                {
                    Record record = queue.Dequeue();
                    if (record.Utterance != utterance) queue.Enqueue(record);
                    else if (record.Kind == RecordKind.Audio) bytes += record.Payload.Length;
                }
            }
            gate.Give(bytes);
        }

        /// <summary>The thread ends when the queue is empty.</summary>
        public void Close()
        {
            lock (queueLock)
            {
                isClosing = true;
                Monitor.Pulse(queueLock);
            }
        }

        void Run()
        {
            try
            {
                for (int count = Fill(); count > 0; count = Fill()) Deliver(count);
            }
            finally
            {
                ended.TrySetResult(null);
            }
        }

        /// <summary>Waits for something to say. 0 at the end.</summary>
        int Fill()
        {
            lock (queueLock)
            {
                while (queue.Count == 0 && !isClosing) Monitor.Wait(queueLock);
                int count = 0;
                int bytes = 0;
                while (count < MaxBatchRecords && bytes < MaxBatchBytes && queue.Count > 0)
                {
                    batch[count] = queue.Dequeue();
                    bytes += RecordBatch.SizeOf(batch[count]);
                    count += 1;
                }
                return count;
            }
        }

        /// <summary>Returns when JavaScript has taken it all, which may be long: the listener may want no more for now.</summary>
        void Deliver(int count)
        {
            int bytes = 0;
            int audioBytes = 0;
            for (int i = 0; i < count; i++)
            {
                bytes += RecordBatch.SizeOf(batch[i]);
                if (batch[i].Kind == RecordKind.Audio) audioBytes += batch[i].Payload.Length;
            }
            byte[] encoded = RecordBatch.Encode(batch, count, bytes);
            Array.Clear(batch, 0, count);
            try
            {
                tellJavaScript(encoded).Wait();
            }
            catch (Exception e)
            {
                lastFailure = e.GetBaseException().Message;
            }
            gate.Give(audioBytes);
        }
    }
}
