using System;
using System.Collections.Generic;
using System.Threading;
using Aside.Sapi.Com;

namespace Aside.Sapi.Scripted
{
    /// <summary>
    /// One utterance on its way, on a worker thread of its own as SAPI's is: events are queued, writes block. Each word is a
    /// tone as long as the word. The same text makes the same bytes. Directives in the text make it misbehave:
    ///
    ///   {{block 500}}      takes 500 ms without making audio; a purge ends it
    ///   {{hold}}           waits until it is told to skip; a purge ends it
    ///   {{slow 20}}        from here on each word takes 20 ms to make
    ///   {{deaf}}           from here on a purge does not end it
    ///   {{hang}}           never comes back, and so keeps every purge waiting
    ///   {{fail}}           the engine throws: SAPI ends with SPERR_TTS_ENGINE_EXCEPTION
    ///   {{flood 1000}}     1 000 visemes at once
    ///   {{pcm 1000}}       1 000 samples that count up
    ///   {{no-end}}         does not tell of its end
    ///   {{two-ends}}       tells of it twice
    ///   {{break-events}}   from here on fetching events throws
    ///   {{abort-thread}}   ends the thread that next fetches events: the engine thread
    ///
    /// and {{refuse}} lets Speak() itself fail.
    /// </summary>
    public sealed class ScriptedSpeech
    {
        const int MsPerCharacter = 60;
        const int MaxWriteBytes = 4096;
        const int TailMs = 150;

        readonly ScriptedVoice voice;
        readonly List<Step> steps;
        readonly uint stream;
        readonly double frequency, speed;
        readonly int volume;
        readonly long startOffset;
        readonly Thread thread;
        readonly ManualResetEvent stopped = new ManualResetEvent(false);

        long made;
        int pitch, msPerWord;
        int ends = 1;
        volatile int skipsLeft;
        /// <summary>The same as <c>stopped</c>, for looks that must cost nothing.</summary>
        volatile bool isStopped;
        /// <summary>Goes on after a purge, to whatever comes next in the text.</summary>
        bool isDeaf;

        public ScriptedSpeech(ScriptedVoice voice, List<Step> steps, uint stream, double frequency, int rate, int volume)
        {
            this.voice = voice;
            this.steps = steps;
            this.stream = stream;
            this.frequency = frequency;
            this.volume = volume;
            speed = Math.Pow(3, rate / 10.0); // ten steps of rate are three times the speed (ISpVoice::SetRate)
            startOffset = voice.Written;
            thread = new Thread(Run);
            thread.IsBackground = true;
            thread.Name = "scripted-sapi-worker";
        }

        public bool IsDone { get; private set; }
        public int Result { get; private set; }

        public void Start() { thread.Start(); }

        /// <summary>Waits for the worker, as SAPI's purge does.</summary>
        public void Purge()
        {
            isStopped = true;
            stopped.Set();
            thread.Join();
        }

        public void Skip(int sentences) { skipsLeft = sentences; }

        void Run()
        {
            try
            {
                Queue(Spei.StartInputStream, 0, 0, null);
                Perform();
            }
            catch (Exception)
            {
                Result = HResults.TtsEngineException;
            }
            IsDone = true;
            for (; ends > 0; ends--) Queue(Spei.EndInputStream, 0, 0, null);
        }

        void Perform()
        {
            bool hasSpoken = false;
            foreach (Step step in steps)
            {
                if (isStopped && !isDeaf) return;
                // To the next sentence, once for each that is to be skipped.
                if (skipsLeft > 0 && (step.Kind != StepKind.Sentence || --skipsLeft > 0)) continue;
                Perform(step);
                hasSpoken |= step.Kind == StepKind.Word;
            }
            if (hasSpoken) Silence(TailMs);
        }

        void Perform(Step step)
        {
            switch (step.Kind)
            {
                case StepKind.Sentence:
                    Queue(Spei.SentenceBoundary, (ulong)step.Length, step.Start, null);
                    break;
                case StepKind.Word:
                    Queue(Spei.WordBoundary, (ulong)step.Length, step.Start, null);
                    double ms = MsPerCharacter * step.Length / speed;
                    Queue(Spei.Viseme, (ulong)ms << 16, step.Length % 22, null);
                    if (msPerWord > 0) stopped.WaitOne(msPerWord);
                    Tone(ms);
                    break;
                case StepKind.Bookmark:
                    int number;
                    Queue(Spei.Bookmark, int.TryParse(step.Name, out number) ? (ulong)number : 0, 0, step.Name);
                    break;
                case StepKind.Silence:
                    Silence(step.Amount);
                    break;
                case StepKind.Pitch:
                    pitch = step.Amount;
                    break;
                case StepKind.Directive:
                    Obey(step.Name, step.Amount);
                    break;
            }
        }

        void Obey(string name, int amount)
        {
            switch (name)
            {
                case "block": stopped.WaitOne(amount); break;
                case "hold": while (skipsLeft == 0 && !stopped.WaitOne(1)) { } break;
                case "deaf": isDeaf = true; break;
                case "slow": msPerWord = amount; break;
                case "hang": Thread.Sleep(Timeout.Infinite); break;
                case "fail": throw new InvalidOperationException("the scripted voice was told to fail");
                case "flood": for (int i = 0; i < amount && !isStopped; i++) Queue(Spei.Viseme, 0, i % 22, null); break;
                case "pcm": CountUp(amount); break;
                case "no-end": ends = 0; break;
                case "two-ends": ends = 2; break;
                case "break-events": voice.BreakEvents(); break;
                case "abort-thread": voice.AbortThread(); break;
            }
        }

        void Queue(int kind, ulong wParam, int lParam, string text)
        {
            voice.Queue(kind, stream, (ulong)(startOffset + made), wParam, lParam, text);
        }

        int Samples(double ms)
        {
            return (int)Math.Round(ms / 1000 * voice.SamplesPerSecond);
        }

        void Tone(double ms)
        {
            var samples = new short[Samples(ms)];
            double turn = 2 * Math.PI * frequency * Math.Pow(2, pitch / 12.0) / voice.SamplesPerSecond;
            for (int i = 0; i < samples.Length; i++) samples[i] = (short)(Math.Sin(turn * i) * 8000 * volume / 100);
            Write(samples);
        }

        void Silence(double ms) { Write(new short[Samples(ms)]); }

        void CountUp(int samples)
        {
            var block = new short[16 * 1024];
            for (int done = 0; done < samples && !isStopped; done += block.Length)
            {
                var part = samples - done < block.Length ? new short[samples - done] : block;
                for (int i = 0; i < part.Length; i++) part[i] = (short)(done + i);
                Write(part);
            }
        }

        void Write(short[] samples)
        {
            var bytes = new byte[samples.Length * 2];
            Buffer.BlockCopy(samples, 0, bytes, 0, bytes.Length);
            for (int start = 0; start < bytes.Length && !isStopped; start += MaxWriteBytes)
            {
                var part = new byte[Math.Min(MaxWriteBytes, bytes.Length - start)];
                Buffer.BlockCopy(bytes, start, part, 0, part.Length);
                voice.Write(part);
                made += part.Length;
            }
        }
    }
}
